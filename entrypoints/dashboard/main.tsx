import { DashboardApp } from '../../components/dashboard/DashboardApp.tsx';
import { mount } from '../../components/look/mount.tsx';
import '../../components/look/start.css';
import '../../components/look/dashboard.css';

mount(<DashboardApp />);
