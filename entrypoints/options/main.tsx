import { OptionsApp } from '../../components/options/OptionsApp.tsx';
import { mount } from '../../components/look/mount.tsx';
import '../../components/look/options.css';

mount(<OptionsApp />);
