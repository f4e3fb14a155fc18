import { WelcomeApp } from '../../components/welcome/WelcomeApp.tsx';
import { mount } from '../../components/shared/mount.tsx';
import '../../components/styles/options.css';
import '../../components/styles/start.css';
import '../../components/styles/welcome.css';

mount(<WelcomeApp />);
